import io.parley.client.AVIMClient;
import io.parley.client.AVIMClientEventHandler;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMMessageHandler;
import io.parley.client.AVIMMessageManager;
import io.parley.client.AVIMTextMessage;
import io.parley.client.AVOSCloud;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Talk to somebody, line by line. Arguments: server, app id, app key, who you are, who the other one is. */
public final class TerminalChat {
    private TerminalChat() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 5) {
            System.err.println("arguments: server appId appKey me other");
            return;
        }
        AVOSCloud.initialize(args[1], args[2], args[0]);
        AVIMMessageManager.registerDefaultMessageHandler(new Printer());
        AVIMClient.setClientEventHandler(new Status());
        AVIMClient me = AVIMClient.getInstance(args[3]).open().get();
        AVIMConversation chat = me.createConversation(List.of(args[4]), null, null, false, true).get();
        for (AVIMMessage message : chat.queryMessages().get()) Printer.print(message);
        System.out.println("-- say something; an empty line ends it");
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = keyboard.readLine();
        while (line != null && !line.isEmpty()) {
            chat.sendMessage(new AVIMTextMessage(line), e -> {
                if (e != null) System.out.println("-- not sent: " + e.getMessage());
            });
            line = keyboard.readLine();
        }
        // Answers come in the order of the questions: everything before has been sent.
        chat.getMemberCount().get();
        me.close().get();
    }

    private static final class Printer extends AVIMMessageHandler {
        @Override
        public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
            print(message);
        }

        static void print(AVIMMessage message) {
            String text = message instanceof AVIMTextMessage ? ((AVIMTextMessage) message).getText() : message.getContent();
            System.out.println(message.getFrom() + ": " + text);
        }
    }

    private static final class Status extends AVIMClientEventHandler {
        @Override
        public void onConnectionPaused(AVIMClient client) {
            System.out.println("-- connection lost, trying again");
        }

        @Override
        public void onConnectionResume(AVIMClient client) {
            System.out.println("-- connected again");
        }

        @Override
        public void onClientOffline(AVIMClient client, int code) {
            System.out.println("-- logged out by the server: " + code);
        }
    }
}
