/** One thing `ombre doctor` looked at. `remedy` is null when it is well; `down` marks a part that is needed and does not answer. */
export type Check = { name: string; ok: boolean; message: string; remedy: string | null; down?: boolean };
