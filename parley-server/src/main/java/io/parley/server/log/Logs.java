package io.parley.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.parley.server.config.ServerConfig.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets up logging for a server process: to standard error, so that standard output belongs to the one who
/// started it.
public final class Logs {
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %msg %kvp%n%ex";

    private Logs() {}

    public static void configure(Log config) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Encoder<ILoggingEvent> encoder = switch (config.format()) {
            case TEXT -> {
                var pattern = new PatternLayoutEncoder();
                pattern.setPattern(PATTERN);
                yield pattern;
            }
            case JSON -> new JsonLines();
        };
        encoder.setContext(context);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(Level.toLevel(config.level()));
        config.levels().forEach((logger, level) -> context.getLogger(logger).setLevel(Level.toLevel(level)));
    }

    /// Writes out what is left. Nothing is logged afterwards.
    public static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
