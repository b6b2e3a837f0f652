package io.parley.migrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        try (ArchiveWriter archive = ArchiveWriter.open(folder, "app", "test", InstantSource.system());
                SetWriter messages = archive.set(SetName.MESSAGES)) {
            for (int i = 1; i <= 20_000; i++) messages.add(Lines.object().put("msg-id", "m" + i * 7919L), i);
            messages.complete(Lines.object());
        }
    }

    private Path part() {
        return folder.resolve("messages/000001.jsonl.gz");
    }

    private List<Damage> check() throws IOException {
        return new ArchiveReader(folder).check(read -> {});
    }

    private long readable(List<Damage> damages) throws IOException {
        List<Long> lines = new ArrayList<>();
        new ArchiveReader(folder)
                .forEach(SetName.MESSAGES, line -> lines.add(line.number()), (damage, raw) -> damages.add(damage));
        return lines.size();
    }

    @Test
    void a_whole_archive_has_no_damage() throws IOException {
        assertThat(check()).isEmpty();
        assertThat(Manifest.read(folder).set(SetName.MESSAGES))
                .returns(20_000L, SetInfo::lines)
                .returns(1L, SetInfo::from)
                .returns(20_000L, SetInfo::to)
                .returns(true, SetInfo::complete);
    }

    @Test
    void a_cut_file_is_named_with_the_line_where_it_ends_and_the_rest_can_be_read() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(part().toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        List<Damage> damages = new ArrayList<>();
        long lines = readable(damages);

        assertThat(lines).isBetween(5_000L, 15_000L);
        assertThat(damages)
                .singleElement()
                .returns("messages/000001.jsonl.gz", Damage::file)
                .returns(lines + 1, Damage::line);
        assertThat(check()).isEqualTo(damages);
    }

    @Test
    void a_flipped_bit_is_found() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(part().toFile(), "rw")) {
            file.seek(file.length() / 2);
            int before = file.read();
            file.seek(file.length() / 2);
            file.write(before ^ 8);
        }

        assertThat(check()).isNotEmpty().allMatch(damage -> damage.file().equals("messages/000001.jsonl.gz"));
    }

    @Test
    void a_missing_file_and_a_missing_manifest_are_named() throws IOException {
        Files.delete(part());
        assertThat(check()).singleElement().hasToString("messages/000001.jsonl.gz is missing");

        Files.writeString(folder.resolve(Manifest.FILE), "{\"format\":\"parley-archive\",\n\"version\":");
        assertThatThrownBy(() -> new ArchiveReader(folder))
                .isInstanceOf(DamagedArchive.class)
                .hasMessageContaining("manifest.json line 2 is not JSON");
    }

    @Test
    void a_manifest_cannot_lead_out_of_the_archive() throws IOException {
        String manifest = Files.readString(folder.resolve(Manifest.FILE));
        Files.writeString(
                folder.resolve(Manifest.FILE), manifest.replace("messages/000001.jsonl.gz", "../../etc/passwd"));

        assertThatThrownBy(() -> new ArchiveReader(folder)).isInstanceOf(DamagedArchive.class);
    }

    @Test
    void lines_without_a_checkpoint_do_not_count() throws IOException {
        try (ArchiveWriter archive = ArchiveWriter.open(folder, "app", "test", InstantSource.system());
                SetWriter messages = archive.set(SetName.MESSAGES)) {
            messages.add(Lines.object().put("msg-id", "kept"), 1);
            messages.checkpoint(Lines.object());
            messages.flush();
            messages.add(Lines.object().put("msg-id", "lost"), 2);
        }

        assertThat(readable(new ArrayList<>())).isEqualTo(20_001);
        try (var files = Files.list(folder.resolve("messages"))) {
            assertThat(files).hasSize(2);
        }
    }
}
