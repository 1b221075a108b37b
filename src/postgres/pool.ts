import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { messageOf, OmbreError } from '../errors.ts';
import type { Outage } from './outage.ts';

/**
 * What Node and Postgres call it when there is no way in, or none any more: unreachable, refused, unknown database, starting, stopping, full,
 * a session that was ended from outside (57P01 to 57P05, 25P03), a certificate that is not taken.
 */
const NO_WAY_IN =
  /^(ECONN|ENOENT|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET|08|28000|28P01|3D000|57P0|53|58|25P0[34]|ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;
/** What node-postgres says without a code. */
const CUT_OFF = /timeout|Connection terminated|not queryable|does not support SSL/;

/** E_DB_DOWN for an error that says the server cannot be reached or lets nobody in; any other error as it is. */
export function asDatabaseError(error: unknown): unknown {
  if (error instanceof OmbreError) return error;
  const code = codeOf(error);
  const noWayIn = code === null ? CUT_OFF.test(messageOf(first(error))) : NO_WAY_IN.test(code);
  return noWayIn ? new OmbreError('E_DB_DOWN', messageOf(first(error)), { cause: error }) : error;
}

/** What only a person can change: the password, the account's rights, the name of the database, whether and how to encrypt. */
const NOT_LET_IN = /^(28000|28P01|3D000|ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)|does not support SSL/;

/** Whether an E_DB_DOWN may pass by itself, so that waiting is worth it. */
export function mayPass(error: OmbreError): boolean {
  return !NOT_LET_IN.test(codeOf(error.cause) ?? messageOf(first(error.cause)));
}

/** What a server says that dies, recovers or can write nothing: cut, refused, out of space or memory, a failed checkpoint. */
const FAILING = /^(ECONNREFUSED|ECONNRESET|EPIPE|57P0|53[12]|58|XX000)|Connection terminated|not queryable/;

/** Whether an error may be that of a server which cannot go on, and none of what was asked of it. */
export function isFailing(error: unknown): boolean {
  if (error instanceof OmbreError && error.code !== 'E_DB_DOWN') return false;
  const said = error instanceof OmbreError ? error.cause : error;
  return said !== undefined && FAILING.test(codeOf(said) ?? messageOf(first(said)));
}

/** A name with several addresses fails with one error per address. */
function first(error: unknown): unknown {
  return error instanceof AggregateError ? error.errors[0] : error;
}

function codeOf(error: unknown): string | null {
  const code = (first(error) as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : null;
}

/** A pool as Kysely wants it, whose errors are E_DB_DOWN where the server is away. `outage` is told what each query finds. */
export function codedPool(pool: PostgresPool, outage?: Outage): PostgresPool {
  return {
    connect: async () => new CodedClient(await coded(pool.connect(), outage), outage),
    end: () => pool.end(),
  };
}

class CodedClient implements PostgresPoolClient {
  readonly #client: PostgresPoolClient;
  readonly #outage: Outage | undefined;

  constructor(client: PostgresPoolClient, outage: Outage | undefined) {
    this.#client = client;
    this.#outage = outage;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(asked: string | PostgresCursor<R>, parameters: readonly unknown[] = []) {
    if (typeof asked !== 'string') return this.#client.query(asked);
    return coded(this.#client.query<R>(asked, parameters), this.#outage).then(result => {
      this.#outage?.well();
      return result;
    });
  }

  release(): void {
    this.#client.release();
  }
}

async function coded<T>(answer: Promise<T>, outage: Outage | undefined): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const told = asDatabaseError(error);
    if (told !== error) outage?.away(told);
    throw told;
  }
}
