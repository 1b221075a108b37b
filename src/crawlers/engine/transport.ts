/** One HTTP request as it goes out. Header names are in lower case. */
export type Exchange = {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body: string | null;
  /** Slug of the source it is made for. */
  source: string;
  /** Fields of the answer that no recording keeps. */
  unrecorded?: readonly string[];
};

/** One HTTP answer before any rule was applied to it. Header names are in lower case, repeated headers joined with a comma. */
export type Answer = {
  status: number;
  headers: Record<string, string>;
  /** The bytes as sent, still compressed as content-encoding says. */
  body: AsyncIterable<Uint8Array>;
  /** Lets go of a body nobody reads. */
  discard(): void;
  /** When it was given, ISO 8601, if that was not now. */
  answeredAt?: string | null;
};

/** What carries a request out and an answer back, without any policy of its own: the network, or a folder of recordings. */
export type Transport = {
  /** False for recordings: no spacing, no shared robots memory, no waiting. */
  live: boolean;
  send(exchange: Exchange, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
};

/** One answer, read to the end. `bytes` are decompressed. */
export type Reply = { status: number; headers: Record<string, string>; bytes: Uint8Array; answeredAt: string };
