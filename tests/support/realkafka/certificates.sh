#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a private authority, a server certificate for 127.0.0.1 and localhost, and a client certificate, good for two days.
#   certificates.sh DIRECTORY
# Leaves ca.pem, server.pem (key, certificate, authority in one, as Kafka wants it), server-key.pem, server-cert.pem, client-key.pem, client-cert.pem.
set -euo pipefail
mkdir -p "$1"
cd "$1"
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 2 -subj "/CN=Headgate test authority" 2>/dev/null
for who in server client; do
    openssl req -newkey rsa:2048 -nodes -keyout "$who-key.pem" -out "$who.csr" -subj "/CN=$who" 2>/dev/null
    openssl x509 -req -in "$who.csr" -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out "$who-cert.pem" -days 2 \
        -extfile <(echo "subjectAltName=IP:127.0.0.1,DNS:localhost") 2>/dev/null
done
cat server-key.pem server-cert.pem ca.pem >server.pem
