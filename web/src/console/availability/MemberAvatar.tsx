import type { StaffMember } from '#api/generated/types.gen.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import styles from './AvailabilityDot.module.css';
import { AvailabilityDot } from './AvailabilityDot.tsx';

interface MemberAvatarProps {
  member: Pick<StaffMember, 'name' | 'availability'>;
  size?: 20 | 28;
}

/** A team member with a dot for their availability. */
export const MemberAvatar = ({ member: { name, availability }, size = 20 }: MemberAvatarProps) => (
  <span className={styles.avatar}>
    <Avatar name={name} size={size} />
    <AvailabilityDot availability={availability} />
  </span>
);
