package io.parley.core.command;

/// A conversation, named across apps: no lookup can forget the tenant.
public record ConversationKey(AppId app, ConversationId id) {
    @Override
    public String toString() {
        return app + "/" + id;
    }
}
