import type { Context } from 'koa';

/** A path with the variable parts of this request. */
export function pathOf(path: string, ctx: Context): string {
  const { params } = ctx as Context & { params: Record<string, string> };
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}
