/** The look of a topic: those of a new instance have an icon and a colour; a topic of the host's own gets others. */
import {
  Database,
  Globe,
  type LucideIcon,
  Mail,
  MessageCircle,
  Network,
  Receipt,
  Server,
  ShieldAlert,
  Signpost,
} from 'lucide-react';

interface TopicLook {
  icon: LucideIcon;
  /** Of an oklch colour, in degrees. */
  hue: number;
}

const looks = new Map<string, TopicLook>([
  ['servers', { icon: Server, hue: 255 }],
  ['network', { icon: Network, hue: 195 }],
  ['databases', { icon: Database, hue: 305 }],
  ['domains', { icon: Globe, hue: 165 }],
  ['dns', { icon: Signpost, hue: 135 }],
  ['mail', { icon: Mail, hue: 225 }],
  ['billing', { icon: Receipt, hue: 75 }],
  ['abuse', { icon: ShieldAlert, hue: 25 }],
  ['other', { icon: MessageCircle, hue: 345 }],
]);

export function lookOf(topic: string | null): TopicLook {
  const known = looks.get(topic ?? '');
  if (known) return known;
  let hash = 7;
  for (const letter of topic ?? '') hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return { icon: MessageCircle, hue: hash % 360 };
}
