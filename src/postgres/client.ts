import pg from 'pg';

/**
 * The client every connection to Postgres is made with. node-postgres tells the loss of a connection by an 'error' event, which ends the
 * process when nobody listens, as while a pool lends a connection out, or while a library opens or closes one. With this one nobody has to:
 * whoever waits for an answer on the connection is told by a rejection besides.
 */
export class Client extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    const given = typeof config === 'string' ? { connectionString: config } : config;
    // A server that vanished without a word is noticed in minutes and not in hours.
    super({ keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...given });
  }

  // biome-ignore lint/suspicious/noExplicitAny: as node-postgres types its events.
  override emit(event: string | symbol, ...told: any[]): boolean {
    return (event !== 'error' || this.listenerCount('error') > 0) && super.emit(event, ...told);
  }
}

// The queue's library takes the client for its LISTEN from here, and listens to it only once it is connected (bullmq 6.7).
Object.assign(pg, { Client });
