import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { migrate } from '../../../config/database/migrate.ts';
import { openOrm } from '../../../config/database/orm.ts';
import { explainFailure } from '../../../src/explain-failure.ts';
import { databaseUrl, getTestServer, onServer } from '../../support/test-server.ts';

describe('a database that does not exist', () => {
  const openings = { 'the service': (url: string) => openOrm({ databaseUrl: url }), 'a migration': migrate };
  for (const [what, open] of Object.entries(openings)) {
    it(`is refused by ${what}, in words, and not created`, async () => {
      const { url, prefix } = await getTestServer();
      const name = `${prefix}mistyped`;
      let told = '';
      await assert.rejects(open(databaseUrl(url, name)), (error) => {
        told = explainFailure(error);
        return true;
      });
      assert.equal(told, `Unknown database '${name}': see DATABASE_URL.`);
      const [found] = await onServer(url, (server) => server.query('SHOW DATABASES LIKE ?', [name]));
      assert.deepEqual(found, []);
    });
  }
});
