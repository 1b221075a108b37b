/** Words of a posting that tell something: `start` and `end` are UTF-16 offsets into that field as stored. */
export type Evidence = { field: 'title' | 'text' | 'location' | 'department'; start: number; end: number; text: string };
