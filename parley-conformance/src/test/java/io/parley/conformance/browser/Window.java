package io.parley.conformance.browser;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tabs that share what pages remember, and nothing with other windows: as another person's browser. Thread-safe.
public final class Window implements AutoCloseable {
    private final Chromium browser;
    private final String context;
    private final List<Tab> tabs = new CopyOnWriteArrayList<>();

    Window(Chromium browser, String context) {
        this.browser = browser;
        this.context = context;
    }

    public Tab newTab() {
        Tab tab = browser.newTab(context);
        tabs.add(tab);
        return tab;
    }

    /// Closes the tabs, keeps the window and what its pages remember.
    public void closeTabs() {
        tabs.forEach(browser::close);
        tabs.clear();
    }

    @Override
    public void close() {
        closeTabs();
        browser.forget(context);
    }
}
