// SPDX-License-Identifier: GPL-3.0-or-later
package headgate.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;

/** Writes numbered records at a steady rate, each task its own stream. For playgrounds and rehearsals. */
public class RateSourceConnector extends SourceConnector {
    static final String VERSION = "1.0.0";
    static final ConfigDef CONFIG =
            new ConfigDef()
                    .define("topic", Type.STRING, Importance.HIGH, "Topic that the records are written to.")
                    .define("rate", Type.DOUBLE, 10.0, Range.between(0.01, 100000), Importance.HIGH, "Records a second and task.")
                    .define("records", Type.LONG, -1L, Importance.MEDIUM, "Records a task writes in all; -1 is no end.")
                    .define("value.bytes", Type.INT, 100, Range.between(2, 1000000), Importance.LOW, "Size of a value.")
                    .define("fail.at.record", Type.LONG, -1L, Importance.LOW, "The task fails before this record; -1 is never.");

    private Map<String, String> properties;

    @Override
    public void start(Map<String, String> props) {
        properties = props;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RateSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<Map<String, String>> configs = new ArrayList<>();
        for (int task = 0; task < maxTasks; task++) {
            Map<String, String> config = new java.util.HashMap<>(properties);
            config.put("stream", Integer.toString(task));
            configs.add(config);
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
        return VERSION;
    }
}
