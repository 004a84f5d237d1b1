# The `calibrate` command with everything it needs, for every role of a cluster: worker, coordinator, status.
# Build:  docker build -t calibrate .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# Node, to restore the script that draws the figures of reports.
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY src ./src
# Compiled ahead of time as well: every process of a cluster saves processor time when it starts.
RUN dotnet publish src/Calibrate.Cli -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o /calibrate

# With ASP.NET Core: `serve-model` and `dashboard` are servers.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /calibrate /opt/calibrate
RUN ln -s /opt/calibrate/calibrate /usr/local/bin/calibrate \
    && mkdir /work && chown "$APP_UID" /work
# Model code runs in here: never as root.
USER $APP_UID
WORKDIR /work
ENTRYPOINT ["calibrate"]
CMD ["--help"]
