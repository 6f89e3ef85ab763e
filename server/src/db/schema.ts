/** The tables as Kysely sees them. Columns carry the wire's names; times are RFC 3339 text in UTC. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

export interface Schema {
  accounts: AccountTable;
  account_state: AccountStateTable;
  staff: StaffTable;
  staff_sessions: StaffSessionTable;
  tokens: TokenTable;
  topics: TopicTable;
  statuses: StatusTable;
  files: FileTable;
  events: EventTable;
}

type Default<T> = ColumnType<T, T | undefined, T>;
/** Given to PostgreSQL as text or left to its default; read as RFC 3339. */
type Timestamp = ColumnType<string, string | undefined, string>;
type NullableTimestamp = ColumnType<string | null, string | null | undefined, string | null>;

export type Locale = 'en' | 'ru';
export type LocalName = { en: string; ru: string };

interface AccountTable {
  account_id: Generated<number>;
  external_id: string;
  name: string;
  email: string | null;
  locale: Default<Locale>;
  note: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface AccountStateTable {
  account_id: number;
  tickets_open: Default<number>;
  tickets_closed: Default<number>;
}

interface StaffTable {
  staff_id: Generated<number>;
  email: string;
  name: string;
  role: 'agent' | 'admin';
  disabled_at: NullableTimestamp;
  created_at: Timestamp;
}

interface StaffSessionTable {
  session_id: Generated<number>;
  session_hash: Buffer;
  staff_id: number;
  ip: string;
  user_agent: string | null;
  created_at: Timestamp;
  last_used_at: Timestamp;
}

interface TokenTable {
  token_id: Generated<number>;
  kind: 'client' | 'staff' | 'service';
  account_id: number | null;
  staff_id: number | null;
  name: string;
  token_hash: Buffer;
  scopes: string[] | null;
  allowed_addresses: Default<string[]>;
  marks_read: Default<boolean>;
  expires_at: NullableTimestamp;
  disabled_at: NullableTimestamp;
  last_used_at: NullableTimestamp;
  created_at: Timestamp;
}

interface TopicTable {
  key: string;
  name: JSONColumnType<LocalName>;
  position: Default<number>;
  archived_at: NullableTimestamp;
  assignee_ids: Default<number[]>;
  created_at: Timestamp;
}

interface StatusTable {
  key: string;
  name: JSONColumnType<LocalName>;
  position: number;
}

interface FileTable {
  account_id: number;
  uuid: Generated<string>;
  blob: string;
  name: string;
  size: number;
  extension: string;
  content_type: string;
  sha256: Buffer;
  ticket_number: number | null;
  comment_id: number | null;
  staff_id: number | null;
  token_id: number | null;
  created_at: Timestamp;
}

interface EventTable {
  account_id: number;
  type: string;
  ticket_number: number | null;
  comment_id: number | null;
  is_client_visible: boolean;
  created_at: Timestamp;
}
