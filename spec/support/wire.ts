import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a database that can break. */
export interface Wire {
  /** Of the same database, over this way. */
  readonly url: string;
  /** Refuses from now on, and hangs up on everybody. */
  cut(): void;
  /** Accepts from now on, and carries nothing: the peer is there and never answers. */
  hang(): void;
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
  let hangs = false;
  const wire = createServer((near) => {
    const far = path ? connect(path) : connect(port, host);
    pairs.add([near, far]);
    for (const socket of [near, far]) socket.on('error', () => near.destroy());
    if (!hangs) near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  url.searchParams.delete('socketPath');
  url.host = `127.0.0.1:${(wire.address() as AddressInfo).port}`;
  const cut = () => {
    wire.close();
    for (const socket of [...pairs].flat()) socket.destroy();
  };
  const hang = () => {
    hangs = true;
    for (const [near, far] of pairs) {
      near.unpipe(far);
      far.unpipe(near);
    }
  };
  const mend = () => {
    hangs = false;
  };
  return { url: url.href, cut, hang, mend };
}
