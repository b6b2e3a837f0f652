package com.example.chat;

import android.app.Activity;
import android.os.Bundle;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.TextView;
import io.parley.client.AVIMClient;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMMessageHandler;
import io.parley.client.AVIMMessageManager;
import io.parley.client.AVIMTextMessage;
import java.util.List;

/** A chat with one friend: what was said, and a line to say something. */
public final class ChatActivity extends Activity {
    private TextView said;
    private AVIMConversation chat;

    @Override
    protected void onCreate(Bundle savedInstanceState) {
        super.onCreate(savedInstanceState);
        said = new TextView(this);
        EditText line = new EditText(this);
        line.setOnEditorActionListener((view, action, key) -> {
            say(line.getText().toString());
            line.setText("");
            return true;
        });
        LinearLayout layout = new LinearLayout(this);
        layout.setOrientation(LinearLayout.VERTICAL);
        layout.addView(line);
        layout.addView(said);
        setContentView(layout);
        AVIMMessageManager.registerDefaultMessageHandler(new AVIMMessageHandler() {
            @Override
            public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
                show(message);
            }
        });
        AVIMClient.getInstance("Tom").open((tom, e) -> {
            if (e == null) enter(tom);
            else said.setText(e.getMessage());
        });
    }

    private void enter(AVIMClient tom) {
        tom.createConversation(List.of("Jerry"), null, null, false, true, (conversation, e) -> {
            if (e != null) return;
            chat = conversation;
            chat.queryMessages((messages, failed) -> {
                if (failed == null) messages.forEach(this::show);
            });
        });
    }

    private void say(String text) {
        if (chat == null) return;
        AVIMTextMessage message = new AVIMTextMessage(text);
        chat.sendMessage(message, e -> {
            if (e == null) show(message);
            else said.append("not sent: " + e.getMessage() + "\n");
        });
    }

    private void show(AVIMMessage message) {
        String text = message instanceof AVIMTextMessage ? ((AVIMTextMessage) message).getText() : message.getContent();
        said.append(message.getFrom() + ": " + text + "\n");
    }
}
