type Write = (details: object, message: string) => void;

/** What the engine needs of a logger; pino has it. */
export type Log = { debug: Write; info: Write; warn: Write; error: Write };

export const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };
