package io.parley.core;

import io.parley.core.hook.HookCaller;
import io.parley.core.hook.UplinkCaller;
import io.parley.core.push.PushProviders;

/// Who reaches what lies outside, for core.
public record Outward(HookCaller hooks, UplinkCaller uplinks, PushProviders pushes) {
    /// Of a server that calls nobody.
    public static final Outward NONE = new Outward(HookCaller.NONE, UplinkCaller.NONE, PushProviders.NONE);
}
