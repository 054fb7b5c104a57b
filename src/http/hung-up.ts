import type { Context } from 'koa';

/** Status in log and metrics if the client closed the connection before the response. It is never sent; nginx uses the same number. */
export const HUNG_UP = 499;

/** Error codes of the client's connection: closed, too slow, or not HTTP. */
const CLIENTS_FAULT =
  /^(?:HPE_\w+|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ERR_HTTP_REQUEST_TIMEOUT|ERR_STREAM_(?:PREMATURE_CLOSE|DESTROYED|WRITE_AFTER_END))$/;

/** Thrown if a request is cut off before it has arrived: nobody waits for a response, and nothing was done. */
export class HungUp extends Error {
  override readonly name = 'HungUp';
}

/** Whether the request can no longer arrive, or its response can no longer be sent. */
export function hasHungUp({ req, res }: Context): boolean {
  return req.socket.destroyed || (req.destroyed && !req.complete) || (res.closed && !res.writableFinished);
}

/** Whether an error comes from the client's connection. An error of the database can have the same code. */
export function isClientsFault(error: unknown, ctx: Context | undefined): boolean {
  if (!(error instanceof Error) || !ctx) return false;
  if (error === ctx.req.socket.errored) return true;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return hasHungUp(ctx) && CLIENTS_FAULT.test(code);
}

/** Records that we failed the request, whether or not its client waited for the response. */
export function noteFailure(ctx: Context, status: number): void {
  ctx.state['failedWith'] = status;
}

/** Calls back with the status after the response has been sent, or with `HUNG_UP` if the connection closed first. */
export function onceOver(
  ctx: Context,
  callback: (status: number, hungUpBy: string | undefined) => void,
): void {
  const report = () => {
    if (ctx.res.writableFinished) return callback(ctx.status, undefined);
    const { failedWith } = ctx.state as { failedWith?: number };
    const errored: NodeJS.ErrnoException | null = ctx.req.socket.errored;
    callback(failedWith ?? HUNG_UP, errored?.code ?? 'closed');
  };
  if (ctx.res.closed) report();
  else ctx.res.once('close', report);
}
