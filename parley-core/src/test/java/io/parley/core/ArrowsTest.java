package io.parley.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Features of core form an order: a package may use those before it, never those behind it.
class ArrowsTest {
    private static final List<String> ORDER = List.of(
            "command",
            "app",
            "query",
            "record",
            "outbox",
            "hook",
            "filter",
            "user",
            "installation",
            "file",
            "signature",
            "limit",
            "session",
            "delivery",
            "room",
            "notice",
            "conversation",
            "moderation",
            "subscription",
            "member",
            "push",
            "message",
            "service",
            "receipt",
            "sync",
            "intake",
            "aftermath",
            "trace");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.parley.core");

    @Test
    void every_feature_depends_only_on_those_before_it() {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] behind = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(later -> "io.parley.core." + later + "..")
                    .toArray(String[]::new);
            if (behind.length > 0)
                noClasses()
                        .that()
                        .resideInAPackage("io.parley.core." + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(behind)
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAPackage("io.parley.core")
                        .check(CORE);
        }
    }

    @Test
    void the_order_names_every_package() {
        Set<String> packages = CORE.stream()
                .map(type -> type.getPackageName().replaceFirst("^io\\.parley\\.core\\.?", ""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).containsExactlyInAnyOrderElementsOf(ORDER);
    }

    @Test
    void core_knows_nothing_that_talks() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "io.vertx..",
                        "java.sql..",
                        "java.net.http..",
                        "com.google.protobuf..",
                        "io.lettuce..")
                .check(CORE);
    }
}
