/**
 * The URL of another database on the same server. PostgreSQL's URLs may lack a host
 * (`postgresql://me@/desk?host=/run/…`, over a socket) or a database, which the class URL does not support.
 */
export function withDatabase(url: string, name: string): string {
  return url.replace(/^(\w+:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`);
}
