import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { FeedPosting } from '../store/feed/postings.ts';
import type { PostingView } from './posting-schema.ts';
import { postingView } from './posting-view.ts';
import type { Site } from './site.ts';

export const PARQUET_TYPE = 'application/vnd.apache.parquet';

type Row = PostingView & { text: string | null };

/** What each member is in a table; what has parts is JSON text, and times are UTC to the millisecond. Every member has a column. */
const COLUMNS: Record<keyof Row, 'STRING' | 'JSON' | 'DOUBLE' | 'TIMESTAMP'> = {
  id: 'STRING',
  title: 'STRING',
  company: 'STRING',
  department: 'STRING',
  places: 'JSON',
  states: 'JSON',
  work_mode: 'STRING',
  pay: 'JSON',
  employment_types: 'JSON',
  relevance: 'STRING',
  confidence: 'DOUBLE',
  paths: 'JSON',
  roles: 'JSON',
  verdicts: 'JSON',
  facets: 'JSON',
  posted_at: 'JSON',
  closes_at: 'TIMESTAMP',
  first_seen: 'TIMESTAMP',
  updated_at: 'TIMESTAMP',
  closed_at: 'TIMESTAMP',
  closed_reason: 'STRING',
  source: 'STRING',
  url: 'STRING',
  apply_url: 'STRING',
  links: 'JSON',
  text: 'STRING',
};

/** A row group ends at so many postings, or at so many characters of their texts: all of it is in memory until then. */
export const GROUP = { rows: 1000, characters: 8_000_000 } as const;
/** As much is handed on at once, so that a reader who is slow is not taken for one who reads nothing. */
const CHUNK_BYTES = 64 * 1024;

/** Postings as one Parquet file with a row group every thousand, piece by piece. A file that lacks its end cannot be opened, and says so. */
export async function* writeParquet(batches: AsyncIterable<FeedPosting[]>, site: Site): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: columnsOf([]) }), createdBy: 'ombre' });
  for await (const rows of groupsOf(batches, site)) {
    await parquet.write({ columnData: columnsOf(rows), rowGroupSize: rows.length });
    yield* taken(writer);
  }
  await parquet.finish();
  yield* taken(writer);
}

async function* groupsOf(batches: AsyncIterable<FeedPosting[]>, site: Site): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  let characters = 0;
  for await (const postings of batches) {
    for (const posting of postings) {
      rows.push({ ...postingView(posting, site), text: posting.text });
      characters += posting.text?.length ?? 0;
      if (rows.length < GROUP.rows && characters < GROUP.characters) continue;
      yield rows;
      rows = [];
      characters = 0;
    }
  }
  if (rows.length > 0) yield rows;
}

function columnsOf(rows: readonly Row[]): ColumnSource[] {
  return (Object.keys(COLUMNS) as (keyof Row)[]).map(name => {
    const type = COLUMNS[name];
    const data = rows.map(row => (type === 'TIMESTAMP' ? momentOf(row[name] as string | null) : row[name]));
    return { name, type, data, nullable: name !== 'id' };
  });
}

function momentOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** What was written since, as copies: the writer uses its memory again. */
function* taken(writer: ByteWriter): Generator<Uint8Array> {
  const bytes = writer.getBytes();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.slice(at, at + CHUNK_BYTES);
  writer.index = 0;
}
