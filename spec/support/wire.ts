import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a database that can break. */
export interface Wire {
  /** Of the same database, over this way. */
  readonly url: string;
  /** Refuses from now on, and hangs up on everybody. */
  cut(): void;
  /** Hangs up on everybody, and on whoever comes, until it is mended. */
  refuse(): void;
  /** Accepts from now on, and carries nothing: the peer is there and never answers. */
  hang(): void;
  /** Carries a text that goes over it to the database, and no answer of that connection from then on. */
  hangAfter(text: string): void;
  /** Carries what comes over new connections again; the hanging ones stay as they are. */
  mend(): void;
}

/** Lays a way of its own to a database. */
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
