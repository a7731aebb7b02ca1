// A fresh database of the PostgreSQL that an address names (tests/pg.sh prints one), thrown away at the end.
import { execFileSync } from 'node:child_process';

const told = (address, sql) => execFileSync('psql', ['-X', '-q', '-d', address, '-c', sql], { encoding: 'utf8' });

export function freshDatabase(address) {
  const name = `signon_${process.pid}`;
  told(address, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  return {
    address: address.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`),
    drop: () => told(address, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}
