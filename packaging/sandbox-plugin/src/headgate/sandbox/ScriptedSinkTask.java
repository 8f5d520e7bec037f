// SPDX-License-Identifier: GPL-3.0-or-later
package headgate.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** A line is "topic partition offset key value". */
public class ScriptedSinkTask extends SinkTask {
    private final Set<String> delivered = new HashSet<>();
    private AbstractConfig config;

    @Override
    public void start(Map<String, String> props) {
        config = new AbstractConfig(ScriptedSinkConnector.CONFIG, props);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        String blocker = config.getString("refuse.while.file");
        if (!records.isEmpty() && !blocker.isEmpty() && Files.exists(Path.of(blocker))) {
            context.timeout(1000);
            throw new RetriableException("The target refuses while " + blocker + " exists");
        }
        StringBuilder lines = new StringBuilder();
        try {
            for (SinkRecord record : records) {
                if (record.kafkaOffset() == config.getLong("fail.at.offset")) {
                    throw new ConnectException("Scripted refusal of record " + place(record));
                }
                Thread.sleep(config.getLong("delay.ms"));
                if (!config.getBoolean("idempotent") || delivered.add(place(record))) {
                    lines.append(place(record)).append(' ').append(record.key()).append(' ').append(record.value()).append('\n');
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RetriableException("Stopped while delivering", stopped);
        } finally {
            deliver(lines.toString());
        }
    }

    private void deliver(String lines) {
        String file = config.getString("file");
        if (file.isEmpty() || lines.isEmpty()) {
            return;
        }
        try {
            Files.writeString(Path.of(file), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException fault) {
            throw new ConnectException("The target file " + file + " cannot be written", fault);
        }
    }

    private static String place(SinkRecord record) {
        return record.topic() + " " + record.kafkaPartition() + " " + record.kafkaOffset();
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
        return RateSourceConnector.VERSION;
    }
}
