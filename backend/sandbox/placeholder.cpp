#include "common/task.h"
