# Makes zhiwang-hub@.service of zhiwang-hub.service: it gets the shared socket, and is started when it says that it answers.
s/^Type=exec$/Type=notify/
s/ --listen .*$/ --listen fd:3/
/^\[Service\]$/a Sockets=zhiwang-hub.socket\nTimeoutStartSec=120
/^After=/a Conflicts=zhiwang-hub.service
