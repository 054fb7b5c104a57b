import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Migration } from '@mikro-orm/migrations';

/** Folder of the reviewed SQL. */
export const migrationsPath = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * The migrations of a folder of reviewed `.sql` files, in the order of their names, in the form the ORM
 * runs. MariaDB commits each DDL statement by itself, so a migration is expand-only and never edited
 * after it has landed.
 */
export function sqlMigrations(folder: string) {
  return listMigrationFiles(folder).map((file) => ({
    name: file.slice(0, -'.sql'.length),
    class: migrationOf(join(folder, file)),
  }));
}

/** Every statement of every migration, in the order in which a new database runs them. */
export function readMigrationStatements(folder: string = migrationsPath): string[] {
  return listMigrationFiles(folder).flatMap((file) =>
    splitStatements(readFileSync(join(folder, file), 'utf8')),
  );
}

function listMigrationFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
}

function migrationOf(path: string) {
  return class extends Migration {
    override isTransactional(): boolean {
      return false;
    }

    override up(): void {
      for (const statement of splitStatements(readFileSync(path, 'utf8'))) this.addSql(statement);
    }
  };
}

/** A statement ends with a semicolon at the end of a line before an empty line or the end. */
function splitStatements(sql: string): string[] {
  return sql
    .replaceAll(/^--.*\n/gm, '')
    .split(/;[ \t]*\n(?:[ \t]*\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
