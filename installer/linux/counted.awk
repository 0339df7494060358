# What pip says, as a count: every tenth package a line, then that they are being unpacked.
/^(Collecting|Processing|Ignoring) / {
    count++
    name = $2
    sub(/.*\//, "", name)
    if (count % 10 == 0) { printf "    %d of %d, now %s\n", count, all, name; fflush() }
}
/^Installing collected packages/ { printf "    all are here, unpacking (about a minute)\n"; fflush() }
