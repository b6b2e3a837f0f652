package io.parley.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/// One JSON object per log line: time, level, logger, thread, message, the event's own values, and a stack if any.
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private final JsonFactory json = new JsonFactory();

    @Override
    public byte[] encode(ILoggingEvent event) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("time", event.getInstant().toString());
            out.writeStringField("level", event.getLevel().toString());
            out.writeStringField("logger", event.getLoggerName());
            out.writeStringField("thread", event.getThreadName());
            out.writeStringField("message", event.getFormattedMessage());
            List<KeyValuePair> values = event.getKeyValuePairs();
            if (values != null)
                for (KeyValuePair pair : values) out.writeStringField(pair.key, String.valueOf(pair.value));
            if (event.getThrowableProxy() != null)
                out.writeStringField("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    @Override
    public byte[] headerBytes() {
        return "".getBytes(UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return "".getBytes(UTF_8);
    }
}
