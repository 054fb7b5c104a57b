import { rename, writeFile } from 'node:fs/promises';

/** Writes a value as JSON, amounts as text; the file appears under its name only when it is complete. */
export async function writeJson(path: string, value: unknown, mode = 0o644): Promise<void> {
  const text = JSON.stringify(value, (_key, member: unknown) => asText(member), 2);
  await writeFile(`${path}.part`, `${text}\n`, { mode });
  await rename(`${path}.part`, path);
}

function asText(member: unknown): unknown {
  return typeof member === 'bigint' ? String(member) : member;
}
