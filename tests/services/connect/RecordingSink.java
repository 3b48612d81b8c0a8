package pendant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;

/**
 * Stands in for Confluent's Elasticsearch sink: a line of JSON for each document or deletion that it would send, and as
 * strict as that one is. What is no data error ends the task, whatever tolerance is configured: a version header that is
 * missing or no number, a negative version, an id of more than 512 bytes, a value that is no object.
 */
public class RecordingSink extends SinkConnector {
    private Map<String, String> settings;

    @Override
    public void start(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return Recorder.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int count) {
        List<Map<String, String>> tasks = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            tasks.add(settings);
        }
        return tasks;
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define("record.to", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "The file that is written to.");
    }

    @Override
    public String version() {
        return "1";
    }

    /** Writes the lines. A document with the field “refused” is one that Elasticsearch's mapping would refuse. */
    public static class Recorder extends SinkTask {
        private static final int LONGEST_ID = 512;

        private final JsonConverter json = new JsonConverter();
        private final SimpleHeaderConverter headers = new SimpleHeaderConverter();
        private Path file;
        private String versionHeader;

        @Override
        public void start(Map<String, String> settings) {
            json.configure(Map.of("schemas.enable", "false"), false);
            file = Path.of(settings.get("record.to"));
            versionHeader = settings.get("external.version.header");
        }

        @Override
        public void put(Collection<SinkRecord> records) {
            StringBuilder lines = new StringBuilder();
            for (SinkRecord record : records) {
                try {
                    lines.append(line(record));
                } catch (DataException problem) { // the setting drop.invalid.message
                    context.errantRecordReporter().report(record, problem);
                }
            }
            try {
                Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException problem) {
                throw new ConnectException(problem);
            }
        }

        private String line(SinkRecord record) {
            if (record.key() == null && record.value() == null) {
                return "";
            }
            String id = id(record.key());
            long version = version(record);
            if (record.value() != null && !(record.value() instanceof Map)) {
                throw new ConnectException("Elasticsearch refuses the whole request for " + record.value());
            }
            if (record.value() instanceof Map && ((Map<?, ?>) record.value()).containsKey("refused")) {
                throw new DataException("strict_dynamic_mapping_exception");
            }
            String document = record.value() == null ? "null" : text(record.valueSchema(), record.value());
            return String.format(
                    "{\"id\": %s, \"version\": %d, \"document\": %s, \"topic\": %s}%n",
                    text(null, id), version, document, text(null, record.topic()));
        }

        private static String id(Object key) {
            if (!(key instanceof String || key instanceof Long || key instanceof Integer) || "".equals(key)) {
                throw new DataException("The key can't be an id: " + key);
            }
            String id = key.toString();
            if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
                throw new ConnectException("Elasticsearch refuses the whole request for this id.");
            }
            return id;
        }

        private long version(SinkRecord record) {
            Header header = record.headers().lastWithName(versionHeader);
            byte[] text = headers.fromConnectHeader(record.topic(), header.key(), header.schema(), header.value());
            long version;
            try {
                version = Long.parseLong(new String(text, StandardCharsets.UTF_8));
            } catch (NumberFormatException problem) {
                throw new ConnectException(problem);
            }
            if (version < 0) {
                throw new ConnectException("Elasticsearch refuses the whole request for this version.");
            }
            return version;
        }

        private String text(org.apache.kafka.connect.data.Schema schema, Object value) {
            return new String(json.fromConnectData("", schema, value), StandardCharsets.UTF_8);
        }

        @Override
        public void stop() {}

        @Override
        public String version() {
            return "1";
        }
    }
}
