package io.parley.conformance.java6;

import cn.leancloud.AVException;
import cn.leancloud.im.v2.AVIMException;
import com.alibaba.fastjson.JSON;
import com.alibaba.fastjson.JSONObject;
import com.alibaba.fastjson.parser.Feature;
import com.alibaba.fastjson.serializer.SerializerFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The line protocol between a test and this program: one JSON object per line, requests on stdin, answers and events on
 * stdout. Whatever else prints to stdout is sent to stderr. Thread-safe.
 */
final class Wire {
    private final PrintStream out = System.out;

    Wire() {
        System.setOut(System.err);
    }

    /** Hands every request to `handler` until the test closes stdin. */
    void serve(Consumer<JSONObject> handler) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            handler.accept(JSON.parseObject(line, Feature.OrderedField));
        }
    }

    void answer(int id, Object result) {
        var line = new JSONObject(true);
        line.put("id", id);
        line.put("result", result);
        write(line);
    }

    void refuse(int id, Throwable cause) {
        var error = new JSONObject(true);
        if (cause instanceof AVException) {
            error.put("code", ((AVException) cause).getCode());
        }
        if (cause instanceof AVIMException && ((AVIMException) cause).getAppCode() != 0) {
            error.put("appCode", ((AVIMException) cause).getAppCode());
        }
        error.put("message", String.valueOf(cause.getMessage()));
        var line = new JSONObject(true);
        line.put("id", id);
        line.put("error", error);
        write(line);
    }

    void emit(String client, String event, Map<String, Object> data) {
        var line = new JSONObject(true);
        line.put("event", event);
        line.put("client", client);
        line.put("data", data);
        write(line);
    }

    private void write(JSONObject line) {
        var text = JSON.toJSONString(
                line, SerializerFeature.WriteMapNullValue, SerializerFeature.DisableCircularReferenceDetect);
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(bytes, 0, bytes.length);
            out.flush();
        }
    }
}
