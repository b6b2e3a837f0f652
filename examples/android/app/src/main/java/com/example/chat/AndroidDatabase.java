package com.example.chat;

import android.content.Context;
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;
import io.parley.client.SqlDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The cache of the SDK in the SQLite of Android. */
public final class AndroidDatabase implements SqlDatabase {
    private final SQLiteDatabase database;

    /** @param context whose folder of databases is used */
    public AndroidDatabase(Context context) {
        database = context.openOrCreateDatabase("parley-cache", Context.MODE_PRIVATE, null);
    }

    @Override
    public void execute(String sql, Object... arguments) {
        database.execSQL(sql, arguments);
    }

    @Override
    public <T> List<T> query(String sql, Function<Row, T> reader, Object... arguments) {
        // Android binds text only; a column of numbers compares it as the number that it is.
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) texts[i] = String.valueOf(arguments[i]);
        List<T> found = new ArrayList<>();
        try (Cursor rows = database.rawQuery(sql, texts)) {
            Row row = new CursorRow(rows);
            while (rows.moveToNext()) found.add(reader.apply(row));
        }
        return found;
    }

    @Override
    public void transaction(Runnable work) {
        database.beginTransaction();
        try {
            work.run();
            database.setTransactionSuccessful();
        } finally {
            database.endTransaction();
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private static final class CursorRow implements Row {
        private final Cursor rows;

        CursorRow(Cursor rows) {
            this.rows = rows;
        }

        @Override
        public String text(int column) {
            return rows.getString(column);
        }

        @Override
        public long number(int column) {
            return rows.getLong(column);
        }
    }
}
