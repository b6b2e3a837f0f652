package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore.BlobTooLargeException;
import io.parley.core.file.Files;
import io.parley.core.file.Previews;
import io.parley.core.record.ClassNames;
import io.parley.core.record.Documents;
import io.parley.core.record.Records;
import io.parley.core.record.Requester;
import io.parley.core.record.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/// Files: uploads in three steps, files kept elsewhere, rows of `_File`. Source: rest 14.
public final class FileRoutes implements ClassRoutes.ClassWriter {
    private static final String BASE = "/1.1/files";

    /// The SDK puts the bytes to the URL as they are. All SDKs can.
    private static final String PUT = "s3";

    /// The SDK posts a form, which is all that mini programs and React Native can. Source: rest 14.2.
    private static final String FORM = "qiniu";

    private final Files files;
    private final Records records;
    private final RecordCalls calls;
    private final FileAddress address;
    private final Previews previews;

    public FileRoutes(Files files, Previews previews, Records records, RecordCalls calls, FileAddress address) {
        this.files = files;
        this.previews = previews;
        this.records = records;
        this.calls = calls;
        this.address = address;
    }

    public void mount(RestServer server) {
        server.post("/1.1/fileTokens", this::begin);
        server.post("/1.1/fileCallback", this::end);
        server.streaming("PUT", "/upload/:app/*key", this::put);
        server.streaming("POST", "/upload/:app/*key", this::form);
        server.post(BASE, this::create);
        server.get(BASE, call -> ClassRoutes.find(call, records, calls, ClassNames.FILE));
        server.get("/1.1/classes/files", call -> ClassRoutes.find(call, records, calls, ClassNames.FILE));
        server.get(BASE + "/:id", call -> ClassRoutes.get(call, records, calls, ClassNames.FILE));
        server.put(BASE + "/:id", this::update);
        server.delete(BASE + "/:id", this::delete);
        server.streaming("POST", BASE + "/:id", this::raw);
        var downloads = new Downloads(files, previews);
        server.get(FileAddress.PATH + ":app/*key", downloads::answer);
    }

    private Answer begin(Call call) {
        App app = call.caller().app();
        String provider = postsForms(call) ? FORM : PUT;
        Requester requester = calls.requester(call);
        Files.Upload upload = files.begin(app, call.body(), provider, requester);
        String token = upload.token();
        String url = address.upload(call.reached(), app.id(), upload.key().key());
        ObjectNode document = Documents.of(upload.row(), requester, false);
        ObjectNode body = Json.object()
                .put("objectId", upload.row().id())
                .put("createdAt", document.path("createdAt").asText())
                .put("token", token)
                .put("upload_url", provider.equals(PUT) ? url + "?token=" + token : url);
        for (String key : new String[] {"url", "key", "bucket", "provider", "mime_type"})
            body.set(key, document.get(key));
        return Answer.json(201, body).with("Cache-Control", "no-store");
    }

    private static boolean postsForms(Call call) {
        String agent = (call.header("X-LC-UA").orElse("") + " "
                        + call.header("User-Agent").orElse(""))
                .toLowerCase(Locale.ROOT);
        return agent.contains("weapp")
                || agent.contains("micromessenger")
                || agent.contains("miniprogram")
                || agent.contains("reactnative")
                || agent.contains("react-native");
    }

    private Answer put(Call call) {
        String token = call.queryParameter("token").orElse("");
        return upload(call, token, announced(call), call.stream());
    }

    /// A form with `key`, `token` and, behind them, `file`. Source: rest 14.2.
    private Answer form(Call call) {
        try {
            FormUpload form = FormUpload.read(call.header("Content-Type").orElse(""), call.stream());
            Answer answer = upload(call, form.field("token"), Optional.empty(), form.file());
            if (answer.status() >= 400) return answer;
            String key = call.pathValue("key");
            return Answer.ok(Json.object().put("key", key).put("hash", key));
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /// A whole file as the body of one call, named by the path. Source: rest 18.
    private Answer raw(Call call) {
        App app = call.caller().app();
        ObjectNode wanted = Json.object()
                .put("name", call.pathValue("id"))
                .put("mime_type", call.header("Content-Type").orElse(""));
        Requester requester = calls.requester(call);
        try {
            Row row = files.add(app, wanted, announced(call), call.stream(), requester);
            ObjectNode document = Documents.of(row, requester, false);
            ObjectNode body = Json.object()
                    .put("objectId", row.id())
                    .put("size", document.path("metaData").path("size").asLong());
            for (String key : new String[] {"createdAt", "name", "url", "key", "bucket", "mime_type"})
                body.set(key, document.get(key));
            return Answer.json(201, body).with("Location", document.path("url").asText());
        } catch (BlobTooLargeException e) {
            throw tooLarge(app);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private static HttpRefusal tooLarge(App app) {
        return new HttpRefusal(
                413, 413, "A file has at most " + app.settings().storage().maxFileBytes() + " bytes.");
    }

    private Answer upload(Call call, String token, Optional<Long> announced, InputStream content) {
        App app = call.app(call.pathValue("app"));
        try {
            files.upload(app, new BlobKey(app.id(), call.pathValue("key")), token, announced, content);
            return Answer.ok(Json.object());
        } catch (BlobTooLargeException e) {
            throw tooLarge(app);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /// Mostly the client's line.
    private static HttpRefusal brokenOff(IOException cause) {
        return new HttpRefusal(400, 1, "The upload broke off: " + cause.getMessage());
    }

    private static Optional<Long> announced(Call call) {
        try {
            return call.header("Content-Length").map(Long::parseLong);
        } catch (NumberFormatException e) {
            throw HttpRefusal.badRequest("Content-Length is a number");
        }
    }

    private Answer end(Call call) {
        App app = call.caller().app();
        try {
            files.end(app, call.required("token"), call.body().path("result").asBoolean());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end an upload", e);
        }
        return Answer.ok(Json.object());
    }

    /// A file that is kept elsewhere.
    @Override
    public Answer create(Call call) {
        App app = call.caller().app();
        Records.Written written = files.addExternal(app, call.body(), calls.requester(call));
        ObjectNode body = written.document();
        body.remove("ACL");
        return Answer.json(201, body)
                .with("Location", BASE + "/" + written.row().id());
    }

    @Override
    public Answer update(Call call) {
        App app = call.caller().app();
        var written = files.update(
                app,
                RecordCalls.key(call, ClassNames.FILE),
                call.body(),
                RecordCalls.condition(call),
                calls.requester(call));
        return RecordCalls.updated(call, written);
    }

    @Override
    public Answer delete(Call call) {
        App app = call.caller().app();
        try {
            files.delete(
                    app, RecordCalls.key(call, ClassNames.FILE), RecordCalls.condition(call), calls.requester(call));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete a file", e);
        }
        return Answer.ok(Json.object());
    }
}
