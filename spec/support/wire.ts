import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A connection to a database that a test can break. */
export interface Wire {
  /** Address of the same database through this relay. */
  readonly url: string;
  /** Closes all connections and refuses new ones. */
  cut(): void;
  /** Closes all connections, and new ones after they are accepted, until `mend`. */
  refuse(): void;
  /** Accepts connections and forwards nothing: the peer never answers. */
  hang(): void;
  /** Forwards a text to the database, and from then on no answer of that connection. */
  hangAfter(text: string): void;
  /** Forwards new connections again; hanging ones keep hanging. */
  mend(): void;
}

/** Opens a relay to a database. */
export async function openWire(databaseUrl: string): Promise<Wire> {
  const url = new URL(databaseUrl);
  const path = url.searchParams.get('socketPath');
  const port = Number(url.port || 3306);
  const host = url.hostname;
  const pairs = new Set<readonly [Socket, Socket]>();
  let [hangs, refuses] = [false, false];
  let lastWords: string | undefined;
  const wire = createServer((near) => {
    if (refuses) {
      near.destroy();
      return;
    }
    const far = path ? connect(path) : connect(port, host);
    pairs.add([near, far]);
    for (const socket of [near, far]) socket.on('error', () => near.destroy());
    if (hangs) return;
    near.on('data', (sent) => {
      if (lastWords !== undefined && sent.includes(lastWords)) far.unpipe(near);
    });
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  url.searchParams.delete('socketPath');
  url.host = `127.0.0.1:${(wire.address() as AddressInfo).port}`;
  const refuse = () => {
    refuses = true;
    for (const socket of [...pairs].flat()) socket.destroy();
  };
  const cut = () => {
    wire.close();
    refuse();
  };
  const hang = () => {
    hangs = true;
    for (const [near, far] of pairs) {
      near.unpipe(far);
      far.unpipe(near);
    }
  };
  const hangAfter = (text: string) => {
    lastWords = text;
  };
  const mend = () => {
    hangs = refuses = false;
    lastWords = undefined;
  };
  return { url: url.href, cut, refuse, hang, hangAfter, mend };
}
