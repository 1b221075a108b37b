/** Why a visit was put off, and until when: what its job carries for whoever looks at the queue meanwhile. */
export type PutOff = { until: Date; because: string };

/** As the progress of a job, which keeps JSON. */
export function toVisitProgress({ until, because }: PutOff): { until: string; because: string } {
  return { until: until.toISOString(), because };
}

/** The same read back; null for a job that carries nothing of the kind. */
export function asVisitProgress(progress: unknown): PutOff | null {
  if (typeof progress !== 'object' || progress === null) return null;
  const { until, because } = progress as Record<string, unknown>;
  if (typeof until !== 'string' || typeof because !== 'string' || Number.isNaN(Date.parse(until))) return null;
  return { until: new Date(until), because };
}
