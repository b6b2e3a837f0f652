package io.parley.migrate.archive;

import java.io.IOException;

/// An archive that must not be used as it is.
public final class DamagedArchive extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Damage damage;

    public DamagedArchive(Damage damage) {
        super("The archive is damaged: " + damage);
        this.damage = damage;
    }

    public Damage damage() {
        return damage;
    }
}
