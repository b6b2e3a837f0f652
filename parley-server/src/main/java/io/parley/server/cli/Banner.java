package io.parley.server.cli;

import io.parley.core.app.App;
import io.parley.server.Parley;
import io.parley.server.Version;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/// What a started server says of itself. Goes to the terminal only: it holds keys.
final class Banner {
    private static final int SHOWN_APPS = 3;

    private Banner() {}

    static String of(Parley parley) {
        URI url = parley.config().address().publicUrl().orElse(parley.url());
        var text = new StringBuilder("\nParley ").append(Version.text()).append(" is running.\n\n");
        line(text, "Server", url.toString());
        String pages = url + (url.toString().endsWith("/") ? "" : "/");
        line(text, "Web chat", pages);
        line(text, "Console", pages + "console");
        List<App> apps = parley.firstApp().stream()
                .flatMap(first -> Stream.concat(
                        Stream.of(first), parley.apps().all().stream().filter(app -> !app.equals(first))))
                .toList();
        for (App app : apps.subList(0, Math.min(SHOWN_APPS, apps.size()))) {
            line(text, "App id", app.id().value());
            line(text, "App key", app.key());
            line(text, "Master key", app.masterKey());
        }
        if (apps.size() > SHOWN_APPS) line(text, "", "and " + (apps.size() - SHOWN_APPS) + " more apps");
        line(text, "Data", parley.config().data().toAbsolutePath().normalize().toString());
        return text.append("\nCtrl-C stops it.\n\n").toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ").append(String.format("%-12s", name)).append(value).append('\n');
    }
}
