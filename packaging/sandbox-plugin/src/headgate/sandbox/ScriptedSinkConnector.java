// SPDX-License-Identifier: GPL-3.0-or-later
package headgate.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Delivers to a text file and can be told to be slow, to fail or to refuse. For playgrounds and rehearsals. */
public class ScriptedSinkConnector extends SinkConnector {
    static final ConfigDef CONFIG =
            new ConfigDef()
                    .define("file", Type.STRING, "", Importance.HIGH, "One line a delivered record; empty: delivered nowhere.")
                    .define("delay.ms", Type.LONG, 0L, Importance.MEDIUM, "Time that each record takes.")
                    .define("fail.at.offset", Type.LONG, -1L, Importance.MEDIUM, "put() fails for good at this offset; -1 is never.")
                    .define("refuse.while.file", Type.STRING, "", Importance.MEDIUM,
                            "While this file exists the target refuses and the worker tries again.")
                    .define("idempotent", Type.BOOLEAN, false, Importance.MEDIUM,
                            "A record whose topic, partition and offset were delivered by this task before is not delivered again.");

    private Map<String, String> properties;

    @Override
    public void start(Map<String, String> props) {
        properties = props;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ScriptedSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<Map<String, String>> configs = new ArrayList<>();
        for (int task = 0; task < maxTasks; task++) {
            configs.add(properties);
        }
        return configs;
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public String version() {
        return RateSourceConnector.VERSION;
    }
}
