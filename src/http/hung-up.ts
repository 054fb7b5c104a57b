import type { Context } from 'koa';

/** Of a client that did not wait for its answer, in log and metrics; no answer has it. The number is nginx's. */
export const HUNG_UP = 499;

/** Of the client's connection: cut, too slow, or what came on it is no HTTP. */
const CLIENTS_FAULT =
  /^(?:HPE_\w+|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ERR_HTTP_REQUEST_TIMEOUT|ERR_STREAM_(?:PREMATURE_CLOSE|DESTROYED|WRITE_AFTER_END))$/;

/** Thrown where a request breaks off before it has arrived: there is nobody to answer, and nothing was done. */
export class HungUp extends Error {
  override readonly name = 'HungUp';
}

/** Whether the request can arrive no more, or its answer reach nobody. */
export function hasHungUp({ req, res }: Context): boolean {
  return req.socket.destroyed || (req.destroyed && !req.complete) || (res.closed && !res.writableFinished);
}

/** Whether an error is of the client's connection and no fault of ours; one of the database may have the same code. */
export function isClientsFault(error: unknown, ctx: Context | undefined): boolean {
  if (!(error instanceof Error) || !ctx) return false;
  if (error === ctx.req.socket.errored) return true;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return hasHungUp(ctx) && CLIENTS_FAULT.test(code);
}

/** Notes that the request failed by our fault, which is so whether or not its client has waited for the end. */
export function noteFailure(ctx: Context, status: number): void {
  ctx.state['failedWith'] = status;
}

/** Calls back with the status once the answer has left, or the connection has ended without: then `HUNG_UP`. */
export function onceOver(
  ctx: Context,
  callback: (status: number, hungUpBy: string | undefined) => void,
): void {
  const tell = () => {
    if (ctx.res.writableFinished) return callback(ctx.status, undefined);
    const { failedWith } = ctx.state as { failedWith?: number };
    const errored: NodeJS.ErrnoException | null = ctx.req.socket.errored;
    callback(failedWith ?? HUNG_UP, errored?.code ?? 'closed');
  };
  if (ctx.res.closed) tell();
  else ctx.res.once('close', tell);
}
