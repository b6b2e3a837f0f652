package io.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.app.AppSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page that explains the settings names every one of them.
class ConfigurationPageTest {
    @Test
    void every_setting_and_its_variable_is_on_the_page() throws IOException {
        String page = Files.readString(Path.of("../docs/configuration.md"));

        for (String key : Keys.all()) {
            boolean ofApp = key.startsWith(Keys.APP_DEFAULTS);
            String name = key.startsWith(Keys.CONNECTIONS) || ofApp ? key.substring(key.indexOf('.') + 1) : key;
            assertThat(page).as(key).contains("`" + name + "`");
            if (!ofApp) assertThat(page).as(key).contains("`" + Keys.variable(key) + "`");
        }
        assertThat(Keys.components(AppSettings.class)).allMatch(name -> page.contains("`" + name + "`"));
    }
}
