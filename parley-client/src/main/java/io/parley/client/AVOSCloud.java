package io.parley.client;

/** Where an application begins. Call one of these before anything else. */
public final class AVOSCloud {
    private AVOSCloud() {}

    /**
     * Sets the app and the server for {@link AVIMClient#getInstance} and its like.
     *
     * @param appId the app's id
     * @param appKey the app's key; never the master key
     * @param server the server's address, such as {@code https://chat.example.com}
     */
    public static void initialize(String appId, String appKey, String server) {
        initialize(AVIMOptions.builder(appId, appKey, server).build());
    }

    /**
     * Sets the app and the server, and how the SDK shall behave. A second call closes what the first one began.
     *
     * @param options everything there is to choose
     */
    public static void initialize(AVIMOptions options) {
        AVIMRealtime.getDefault().initialize(options);
    }
}
