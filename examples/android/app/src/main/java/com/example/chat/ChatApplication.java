package com.example.chat;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import io.parley.client.AVIMCache;
import io.parley.client.AVIMOptions;
import io.parley.client.AVOSCloud;

/** Tells the SDK its app, and what Android has: a main thread, SQLite, a network that comes and goes. */
public final class ChatApplication extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Handler main = new Handler(Looper.getMainLooper());
        AVOSCloud.initialize(AVIMOptions.builder("your-app-id", "your-app-key", "https://chat.example.com")
                .callbackExecutor(main::post)
                .cache(AVIMCache.sqlite(() -> new AndroidDatabase(this)))
                .build());
        new NetworkWatcher(this).start();
    }
}
