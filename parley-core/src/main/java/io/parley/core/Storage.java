package io.parley.core;

import io.parley.core.app.AppStore;
import io.parley.core.conversation.ConversationStore;
import io.parley.core.filter.WordStore;
import io.parley.core.intake.IntakeStore;
import io.parley.core.message.MessageLog;
import io.parley.core.message.ServiceLog;
import io.parley.core.message.UnfinishedLog;
import io.parley.core.moderation.ModerationStore;
import io.parley.core.notice.NoticeLog;
import io.parley.core.outbox.Outbox;
import io.parley.core.push.PushLog;
import io.parley.core.receipt.CursorStore;
import io.parley.core.record.RecordStore;
import io.parley.core.room.RoomStore;
import io.parley.core.session.KickStore;
import io.parley.core.signature.UsedSignatures;
import io.parley.core.subscription.SubscriptionStore;

/// Everything Parley keeps, opened together and closed together.
public interface Storage extends AutoCloseable {
    AppStore apps();

    ConversationStore conversations();

    MessageLog messages();

    UnfinishedLog unfinished();

    ModerationStore moderation();

    RoomStore rooms();

    SubscriptionStore subscriptions();

    ServiceLog services();

    CursorStore cursors();

    KickStore kicks();

    NoticeLog notices();

    UsedSignatures usedSignatures();

    RecordStore records();

    Outbox outbox();

    WordStore words();

    IntakeStore intake();

    PushLog pushes();

    /// Finishes what was accepted, writes what was written behind, and releases the files. Calls after this fail.
    @Override
    void close();
}
