export const JSONL_TYPE = 'application/jsonl; charset=utf-8';
export const GZIP_TYPE = 'application/gzip';

/** Where everything of a filter is, and whether it is a packed file there. */
export const EXPORTS = [
  ['/api/v1/postings.jsonl', false],
  ['/api/v1/export.jsonl.gz', true],
] as const;
