package io.parley.conformance.java6;

import cn.leancloud.AVException;
import cn.leancloud.AVFile;
import cn.leancloud.AVInstallation;
import cn.leancloud.AVObject;
import cn.leancloud.AVQuery;
import cn.leancloud.AVUser;
import cn.leancloud.core.AVOSCloud;
import cn.leancloud.im.AVIMOptions;
import cn.leancloud.im.v2.AVIMClient;
import cn.leancloud.im.v2.AVIMConversation;
import cn.leancloud.im.v2.AVIMException;
import cn.leancloud.im.v2.AVIMMessageManager;
import cn.leancloud.im.v2.AVIMTypedMessageHandler;
import cn.leancloud.im.v2.callback.AVIMClientCallback;
import cn.leancloud.im.v2.callback.AVIMConversationCallback;
import cn.leancloud.im.v2.callback.AVIMConversationCreatedCallback;
import cn.leancloud.im.v2.messages.AVIMImageMessage;
import cn.leancloud.session.AVConnectionManager;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/// What applications do with the storage part of the SDK beside a chat: each step prints "ok NAME", or why it
/// failed.
public final class StorageProgram {
    private static final byte[] PNG = Base64.getDecoder()
            .decode(
                    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AAQQxwFgBB0gX7h/C5SAAAAABJRU5ErkJggg==");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private StorageProgram() {}

    private interface Action {
        void run() throws Exception;
    }

    private static void step(String name, Action action) {
        try {
            action.run();
            System.out.println("ok " + name);
        } catch (Exception | AssertionError failure) {
            System.out.println("failed " + name + ": " + failure + " at "
                    + Arrays.stream(failure.getStackTrace()).limit(8).collect(Collectors.toList()) + ", because of "
                    + failure.getCause());
        }
    }

    private static void same(Object actual, Object expected) {
        if (!expected.equals(actual)) throw new AssertionError("expected " + expected + ", got " + actual);
    }

    private static void refused(int code, Action action) throws Exception {
        try {
            action.run();
        } catch (RuntimeException failure) {
            Throwable cause = failure;
            while (cause.getCause() != null && !(cause instanceof AVException)) cause = cause.getCause();
            same(cause instanceof AVException ? ((AVException) cause).getCode() : cause, code);
            return;
        }
        throw new AssertionError("was not refused");
    }

    private static byte[] download(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray())
                .body();
    }

    public static void main(String[] args) {
        AVIMOptions.getGlobalOptions().setUnreadNotificationEnabled(true);
        AVOSCloud.initialize(System.getenv("APP_ID"), System.getenv("APP_KEY"), System.getenv("SERVER_URL"));
        String username = "tom-" + UUID.randomUUID();

        step("sign up", () -> {
            AVUser user = new AVUser();
            user.setUsername(username);
            user.setPassword("cat!");
            user.put("age", 7);
            user.signUpInBackground().blockingFirst();
            same(user.getObjectId().length(), 24);
            same(user.getSessionToken().length(), 25);
        });

        step("log in", () -> {
            AVUser.logOut();
            refused(210, () -> AVUser.logIn(username, "wrong").blockingFirst());
            AVUser user = AVUser.logIn(username, "cat!").blockingFirst();
            same(user.getInt("age"), 7);
            same(user.isAuthenticated(), true);
            same(AVUser.becomeWithSessionToken(user.getSessionToken()).getObjectId(), user.getObjectId());
        });

        step("change the current user", () -> {
            AVUser user = AVUser.logIn(username, "cat!").blockingFirst();
            user.increment("age");
            user.save();
            same(AVUser.logIn(username, "cat!").blockingFirst().getInt("age"), 8);
        });

        step("save, query, change and delete objects", () -> {
            AVObject note = new AVObject("JavaNote");
            note.put("text", "hi");
            note.put("stars", 3);
            note.put("at", new Date(0));
            note.put("tags", List.of("a"));
            note.put("author", AVUser.getCurrentUser());
            note.save();
            note.increment("stars", 2);
            note.addUnique("tags", "b");
            note.remove("text");
            note.save();
            AVObject found = new AVQuery<>("JavaNote")
                    .whereGreaterThan("stars", 4)
                    .whereEqualTo("author", AVUser.getCurrentUser())
                    .include("author")
                    .find()
                    .get(0);
            same(found.getObjectId(), note.getObjectId());
            same(found.getList("tags"), List.of("a", "b"));
            same(found.getDate("at"), new Date(0));
            same(found.getAVObject("author").getString("username"), username);
            same(new AVQuery<>("JavaNote").count(), 1);
            found.delete();
            same(new AVQuery<>("JavaNote").count(), 0);
        });

        step("upload a file", () -> {
            AVFile file = new AVFile("dot.png", PNG);
            file.saveInBackground().blockingFirst();
            same(Arrays.equals(download(file.getUrl()), PNG), true);
            BufferedImage small = ImageIO.read(new ByteArrayInputStream(download(file.getThumbnailUrl(true, 2, 200))));
            same(small.getWidth(), 2);
            same(small.getHeight(), 1);
            AVFile known = AVFile.withObjectIdInBackground(file.getObjectId()).blockingFirst();
            same(known.getUrl(), file.getUrl());
        });

        step("register an installation", () -> {
            AVInstallation installation = AVInstallation.getCurrentInstallation();
            AVObject first = installation.saveInBackground().blockingFirst();
            installation.put("channels", List.of("JavaJerry"));
            AVObject again = installation.saveInBackground().blockingFirst();
            same(first.getObjectId().length(), 24);
            same(again.getObjectId(), first.getObjectId());
        });

        step("name a file that is kept elsewhere", () -> {
            AVFile file = new AVFile("x.png", "https://example.com/x.png");
            file.saveInBackground().blockingFirst();
            same(file.getObjectId().length(), 24);
        });

        step("log in to the chat as the user, and send a picture", () -> {
            AVIMOptions.getGlobalOptions().setMessageQueryCacheEnabled(false);
            Answer.connection(AVConnectionManager.getInstance()::startConnection)
                    .get(20, TimeUnit.SECONDS);
            CompletableFuture<AVIMImageMessage> received = new CompletableFuture<>();
            AVIMMessageManager.registerMessageHandler(
                    AVIMImageMessage.class, new AVIMTypedMessageHandler<AVIMImageMessage>() {
                        @Override
                        public void onMessage(
                                AVIMImageMessage message, AVIMConversation conversation, AVIMClient client) {
                            received.complete(message);
                        }
                    });
            AVIMClient jerry = opened(AVIMClient.getInstance("JavaJerry"));
            AVIMClient tom = opened(AVIMClient.getInstance(AVUser.getCurrentUser()));
            same(tom.getClientId(), AVUser.getCurrentUser().getObjectId());
            CompletableFuture<AVIMConversation> created = new CompletableFuture<>();
            tom.createConversation(
                    List.of(jerry.getClientId()), "pictures", null, false, true, new AVIMConversationCreatedCallback() {
                        @Override
                        public void done(AVIMConversation conversation, AVIMException e) {
                            if (e == null) created.complete(conversation);
                            else created.completeExceptionally(e);
                        }
                    });
            AVFile file = new AVFile("dot.png", PNG);
            AVIMImageMessage image = new AVIMImageMessage(file);
            image.setText("a dot");
            CompletableFuture<Void> sent = new CompletableFuture<>();
            created.get(20, TimeUnit.SECONDS).sendMessage(image, new AVIMConversationCallback() {
                @Override
                public void done(AVIMException e) {
                    if (e == null) sent.complete(null);
                    else sent.completeExceptionally(e);
                }
            });
            sent.get(20, TimeUnit.SECONDS);
            AVIMImageMessage message = received.get(20, TimeUnit.SECONDS);
            same(message.getText(), "a dot");
            same(Arrays.equals(download(message.getFileUrl()), PNG), true);
            same(message.getAVFile().getUrl(), file.getUrl());
            same(message.getAVFile().getObjectId(), file.getObjectId());
            same(message.getWidth(), 3);
            same(message.getHeight(), 2);
        });
        System.out.println("sent all");
    }

    private static AVIMClient opened(AVIMClient client) throws Exception {
        CompletableFuture<AVIMClient> opened = new CompletableFuture<>();
        client.open(new AVIMClientCallback() {
            @Override
            public void done(AVIMClient same, AVIMException e) {
                if (e == null) opened.complete(same);
                else opened.completeExceptionally(e);
            }
        });
        return opened.get(20, TimeUnit.SECONDS);
    }
}
