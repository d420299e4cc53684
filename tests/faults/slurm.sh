#!/usr/bin/env bash
# A Slurm cluster of one node, for tests: munged, slurmctld and slurmd of this machine, all their files in one folder.
#   slurm.sh start FOLDER    then: export SLURM_CONF=FOLDER/slurm.conf
#   slurm.sh stop FOLDER
# Needs root and Debian's slurm-wlm and munge; no systemd.
set -euo pipefail
folder=$2

stop() {
    for name in slurmd slurmctld munged; do
        [ -f "$folder/$name.pid" ] && kill "$(cat "$folder/$name.pid")" 2>/dev/null || true
    done
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
    host=$(hostname -s)
    mkdir -p "$folder"/{munge,state,spool}
    head -c 1024 /dev/urandom >"$folder/munge/key"
    chmod 755 "$folder"
    chown -R munge "$folder/munge"
    chmod 711 "$folder/munge"
    chmod 400 "$folder/munge/key"
    runuser -u munge -- munged --force --key-file "$folder/munge/key" --socket "$folder/munge/socket" \
        --pid-file "$folder/munge/pid" --log-file "$folder/munge/log" --seed-file "$folder/munge/seed"
    cp "$folder/munge/pid" "$folder/munged.pid"
    cat >"$folder/slurm.conf" <<END
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
ReturnToService=2
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
    export SLURM_CONF=$folder/slurm.conf
    slurmctld
    slurmd
    for _ in $(seq 100); do
        sinfo --noheader --format=%T 2>/dev/null | grep -q idle && return
        sleep 0.2
    done
    echo "slurm did not come up; see $folder" >&2
    exit 1
}

"$1"
