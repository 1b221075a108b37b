import { PARQUET_TYPE } from '../feed/parquet.ts';

export const JSONL_TYPE = 'application/jsonl; charset=utf-8';
const GZIP_TYPE = 'application/gzip';

/** Where everything of a filter is: as lines that are packed by negotiation, or as a file with a name of its own. */
export const EXPORTS = {
  lines: { path: '/api/v1/postings.jsonl', type: JSONL_TYPE, file: null },
  packed: { path: '/api/v1/export.jsonl.gz', type: GZIP_TYPE, file: 'ombre.jsonl.gz' },
  parquet: { path: '/api/v1/export.parquet', type: PARQUET_TYPE, file: 'ombre.parquet' },
} as const;

export type ExportForm = keyof typeof EXPORTS;

/** Bodies that are no text. */
export const BINARY_TYPES: readonly string[] = [GZIP_TYPE, PARQUET_TYPE];
