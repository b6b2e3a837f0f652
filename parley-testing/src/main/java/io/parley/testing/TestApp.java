package io.parley.testing;

/// The app that every test server knows, with keys that a test may write down.
public final class TestApp {
    public static final String ID = "parleyTestApp00000000000";
    public static final String KEY = "parleyTestKey00000000000";
    public static final String MASTER_KEY = "parleyTestMasterKey00000";

    private TestApp() {}

    static String credentials() {
        return ID + ":" + KEY + ":" + MASTER_KEY;
    }
}
