package io.parley.rest;

import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand.Modify;
import io.parley.core.command.MessageCommand.Send;
import io.parley.core.command.Priority;
import io.parley.core.command.Reply;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.service.Change;
import io.parley.core.service.Outbound;
import io.parley.core.service.ServiceConversations;
import io.parley.core.session.Application;
import java.util.List;
import java.util.Optional;

/// Somebody who says one thing in a conversation and says it again, better. Used by one thread; may block.
interface Voice {
    ConversationKey conversation();

    /// Returns, or refuses.
    Ticket say(Content content);

    /// Returns, or refuses.
    void correct(Ticket said, Content content);

    /// In a conversation whose members, or listeners, all hear it.
    ///
    /// @param caller with the client in whose name it speaks
    static Voice in(Dispatcher dispatcher, Application caller, ConversationId to) {
        return new Voice() {
            @Override
            public ConversationKey conversation() {
                return new ConversationKey(caller.app().id(), to);
            }

            @Override
            public Ticket say(Content content) {
                Reply reply = dispatcher.handle(
                        caller,
                        new Send(
                                to,
                                content,
                                Mentions.NONE,
                                false,
                                false,
                                false,
                                Priority.NORMAL,
                                Optional.empty(),
                                Optional.empty()));
                if (reply instanceof Reply.SendRefused refused) throw refused.refusal();
                Reply.Accepted accepted = (Reply.Accepted) reply;
                return new Ticket(accepted.message(), accepted.timestamp());
            }

            @Override
            public void correct(Ticket said, Content content) {
                dispatcher.handle(
                        caller, new Modify(to, said.id(), said.timestamp(), Optional.of(content), Optional.empty()));
            }
        };
    }

    /// In a service conversation.
    ///
    /// @param clients who hear it; empty for all who subscribe
    static Voice ofService(
            ServiceConversations services, App app, ConversationId service, ClientId from, List<ClientId> clients) {
        return new Voice() {
            @Override
            public ConversationKey conversation() {
                return new ConversationKey(app.id(), service);
            }

            @Override
            public Ticket say(Content content) {
                Outbound message = new Outbound(from, content, false, Optional.empty());
                return clients.isEmpty()
                        ? services.sendToSubscribers(app, service, message)
                        : services.send(app, service, clients, message);
            }

            @Override
            public void correct(Ticket said, Content content) {
                services.modify(
                        app, service, new Change(said.id(), from, said.timestamp(), Optional.of(content)), clients);
            }
        };
    }
}
