// The store of both flows: SQLite in WAL mode, each transaction synced, as Kerbside's journal is.
const Database = require("better-sqlite3");

const db = new Database(process.env.STORE);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec("CREATE TABLE message (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, payload TEXT NOT NULL)");
const insert = db.prepare("INSERT INTO message (topic, payload) VALUES (?, ?)");
const remove = db.prepare("DELETE FROM message WHERE id = ?");
const removeThrough = db.prepare("DELETE FROM message WHERE id <= ?");

module.exports = {
  flowFilePretty: true,
  diagnostics: { enabled: false },
  runtimeState: { enabled: false },
  editorTheme: { tours: false },
  logging: { console: { level: "info", metrics: false, audit: false } },
  functionGlobalContext: {
    store: {
      keep: (topic, payload) => insert.run(topic, payload).lastInsertRowid,
      keepAll: db.transaction((messages) => {
        let last = 0;
        for (const [topic, payload] of messages) last = insert.run(topic, payload).lastInsertRowid;
        return last;
      }),
      forget: (id) => remove.run(id),
      forgetThrough: (id) => removeThrough.run(id),
    },
  },
};
