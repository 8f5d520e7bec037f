// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace headgate {

//! Widths and order of the columns of ActivityModel, newest first; the operation takes what is left.
void setUpActivityColumns(QTableView *table);

} // namespace headgate
