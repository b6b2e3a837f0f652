package com.example.chat;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.Network;
import io.parley.client.AVIMRealtime;

/** Tells the SDK when the network comes and goes, so that it does not wait for time-outs. */
final class NetworkWatcher extends ConnectivityManager.NetworkCallback {
    private final ConnectivityManager networks;

    NetworkWatcher(Context context) {
        networks = (ConnectivityManager) context.getSystemService(Context.CONNECTIVITY_SERVICE);
    }

    void start() {
        networks.registerDefaultNetworkCallback(this);
    }

    @Override
    public void onAvailable(Network network) {
        AVIMRealtime.getDefault().networkChanged();
    }

    @Override
    public void onLost(Network network) {
        AVIMRealtime.getDefault().networkLost();
    }
}
